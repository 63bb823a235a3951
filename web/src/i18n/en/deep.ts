/** What the client says in English in rooms that are opened seldom. */
import admin from "./admin.json";
import arrival from "./arrival.json";
import automod from "./automod.json";
import backups from "./backups.json";
import besides from "./besides.json";
import concerns from "./concerns.json";
import developers from "./developers.json";
import discover from "./discover.json";
import entry from "./entry.json";
import forum from "./forum.json";
import found from "./found.json";
import guild from "./guild.json";
import guise from "./guise.json";
import happenings from "./happenings.json";
import interactions from "./interactions.json";
import keys from "./keys.json";
import later from "./later.json";
import polls from "./polls.json";
import reports from "./reports.json";
import selection from "./selection.json";
import settings from "./settings.json";
import switcher from "./switcher.json";
import template from "./template.json";
import threads from "./threads.json";
import voices from "./voices.json";

export default {
  ...settings,
  ...guild,
  ...guise,
  ...developers,
  ...arrival,
  ...discover,
  ...switcher,
  ...template,
  ...entry,
  ...admin,
  ...backups,
  ...reports,
  ...concerns,
  ...selection,
  ...interactions,
  ...besides,
  ...keys,
  ...later,
  ...polls,
  ...threads,
  ...forum,
  ...found,
  ...automod,
  ...voices,
  ...happenings,
};
