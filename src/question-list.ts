/** Every question as HTML, made when the page is built: readers without JavaScript and search engines see it, too. */
import {figureIds, figureTitle} from "./figures.js";
import type {FigureId} from "./figures.js";
import {chapters} from "./questions.js";
import type {Question} from "./questions.js";
import {rooms} from "./rooms.js";

export function questionList(): string {
  return chapters
    .map(({name, questions}) => `<section data-chapter><h3>${escape(name)}</h3>\n<ul class="questions">${questions.map(item).join("\n")}</ul></section>`)
    .join("\n");
}

function item({id, ask, room, answer, figures = []}: Question): string {
  const open = rooms.find(({path}) => path === `/${room}/`);
  if (!open) return `<li data-question="${id}">${escape(ask)} <small>not yet</small></li>`;
  const shown = figures.filter((figure): figure is FigureId => figureIds.includes(figure as FigureId)).map((figure) => {
    return `<a rel="external" href=".${open.path}#${figure.slice(figure.indexOf("/") + 1)}">${escape(figureTitle(figure))}</a>`;
  });
  const links = [`<a href=".${open.path}"><strong>${escape(open.name)}</strong></a>`, ...shown].join(" · ");
  return `<li data-question="${id}"><strong>${escape(ask)}</strong>${answer ? ` ${escape(answer)}` : ""}<br>${links}</li>`;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
