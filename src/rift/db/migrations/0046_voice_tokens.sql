-- What is kept of the token somebody shows a voice server: it is good for this row, and goes with it.
alter table voice_states add column token_hash bytea;
