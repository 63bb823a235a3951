"""Commands that applications register: for everywhere or for one guild, and who may use them."""
