// Print what ical.js reads of a feed: Thunderbird's parser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, path] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const loaded = await import(require.resolve("ical.js"));
const ICAL = loaded.default ?? loaded;
const whole = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
for (const zone of whole.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const told = (time) =>
  time.isDate
    ? time.toString()
    : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
for (const [kind, end] of [["vevent", "dtend"], ["vtodo", "due"]]) {
  for (const part of whole.getAllSubcomponents(kind)) {
    const uid = part.getFirstPropertyValue("uid");
    const starts = part.getFirstPropertyValue("dtstart");
    console.log([uid, told(starts), told(part.getFirstPropertyValue(end))].join("\t"));
  }
}
