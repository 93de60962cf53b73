/** Every network of the ensemble as a dot, a row for each activation: how good it is now, and whether units have died. */
import {scaleLinear} from "d3-scale";
import {create, select} from "d3-selection";
import {drawAxis} from "../../notebook/axis.js";
import {numberText} from "../../notebook/number-text.js";
import type {GroupResult} from "../../networks/ensemble.js";
import type {ActivationName} from "../activations.js";
import {activationColors, activationLabels} from "./activation-look.js";

interface Dot {
  readonly name: ActivationName;
  readonly network: number;
  readonly value: number;
  readonly dead: number;
}

const margin = {top: 8, right: 20, bottom: 40, left: 104};
const rowHeight = 24;

/** @param label what a dot's place means  @param link the address that opens a network, or null for none */
export function finalStrips({link, describe}: {
  readonly link: (name: ActivationName, network: number) => string | null;
  readonly describe: (dot: Dot) => string;
}) {
  const svg = create("svg").attr("role", "group");
  const [axis, rows, dots] = [0, 1, 2].map(() => svg.append("g"));

  return {
    element: svg.node()!,
    show(groups: readonly GroupResult[], classes: boolean, label: string, width: number) {
      const begun = groups.filter(({history}) => history.length > 0);
      const bottom = margin.top + rowHeight * Math.max(1, groups.length);
      svg.attr("width", width).attr("height", bottom + margin.bottom).attr("aria-label", label);
      const all: Dot[] = begun.flatMap(({name, history}) => {
        const {accuracy, loss, deadShare} = history.at(-1)!;
        return Array.from(classes ? accuracy : loss, (value, network) => ({
          name: name as ActivationName, network, value, dead: deadShare[network]!
        }));
      });
      const most = classes ? 1 : Math.min(2, Math.max(0.05, ...all.map(({value}) => value).filter(Number.isFinite)));
      const across = scaleLinear(classes ? [0.4, 1] : [0, most], [margin.left, width - margin.right]).clamp(true);
      const place = ({value}: Dot) => across(Number.isFinite(value) ? value : classes ? 0 : most);
      drawAxis(select(axis!.node()!), {side: "bottom", scale: across, at: bottom, label, count: 6, ...(classes && {format: ".0%"}), grid: bottom - margin.top});
      const row = (name: string) => margin.top + rowHeight * (groups.findIndex((group) => group.name === name) + 0.5);
      rows!.selectAll("text").data(groups).join("text")
        .attr("x", margin.left - 14).attr("text-anchor", "end")
        .attr("y", ({name}) => row(name) + 4)
        .style("fill", ({name}) => activationColors[name as ActivationName])
        .text(({name}) => activationLabels[name as ActivationName]);
      const marks = dots!.selectAll<SVGAElement, Dot>("a").data(all, ({name, network}) => `${name} ${network}`)
        .join((enter) => {
          const added = enter.append("a").attr("class", "run-dot").attr("data-try", "");
          added.append("circle").attr("r", 4);
          added.append("title");
          return added;
        })
        .attr("href", ({name, network}) => link(name, network))
        .attr("aria-label", (dot) => describe(dot));
      marks.select("title").text((dot) => describe(dot));
      marks.select("circle")
        .attr("cx", place)
        // Spread over the row by number, so that equal ones are all seen.
        .attr("cy", ({name, network}) => row(name) + ((network * 7) % 11) - 5)
        .style("fill", ({name}) => activationColors[name])
        .style("fill-opacity", ({dead}) => (dead > 0 ? 0 : 0.55))
        .style("stroke", ({name}) => activationColors[name]);
    }
  };
}

export const percent = (share: number): string => `${numberText(100 * share, 3)} %`;
