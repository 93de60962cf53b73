/** Data loader: GPT-4's answers without a tree, counted right or wrong by exact arithmetic, since only the counts are shown. */
import {readFileSync} from "node:fs";
import {countAnswers} from "./gpt-4-log.js";
import type {LoggedAnswers} from "./gpt-4-log.js";

const logged = JSON.parse(readFileSync("data/game24/gpt-4-answers.json", "utf8")) as readonly LoggedAnswers[];
process.stdout.write(JSON.stringify(logged.map(countAnswers)));
