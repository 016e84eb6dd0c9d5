// Builds elements from data. Text is always set as text, so nothing an exporter sent is ever read as markup.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
}

const tooltip = document.getElementById("tooltip");

/** Shows lines beside the pointer for as long as it is over the element. */
export function explain(element, lines) {
  const move = (event) => {
    const room = document.documentElement.clientWidth - tooltip.offsetWidth - 12;
    tooltip.style.left = `${Math.max(8, Math.min(event.clientX + 14, room))}px`;
    const below = event.clientY + 16;
    const fits = below + tooltip.offsetHeight < document.documentElement.clientHeight - 8;
    tooltip.style.top = `${fits ? below : Math.max(8, event.clientY - tooltip.offsetHeight - 12)}px`;
  };
  element.addEventListener("pointerenter", (event) => {
    replace(tooltip, lines().map((line, i) => el("div", { class: i === 0 ? "tooltip-head" : "" }, line)));
    tooltip.hidden = false;
    move(event);
  });
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerleave", () => (tooltip.hidden = true));
}
