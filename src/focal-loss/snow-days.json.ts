/** Data loader: the days as columns. */
import {readFileSync} from "node:fs";
import type {SnowDays} from "./snow-days.js";

const [, ...rows] = readFileSync("data/snow-days/snow-days.csv", "utf8").trim().split("\n");
const column = (at: number) => rows.map((row) => Number(row.split(",")[at]));
const days: SnowDays = {temperature: column(1), precipitation: column(2), snow: column(3)};
process.stdout.write(JSON.stringify(days));
