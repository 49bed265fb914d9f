// What Streamlit leaves to the page that hosts it. Loaded before Streamlit's own scripts.
(() => {
  "use strict";

  // The server answers at the root for every page: no probing of /trends/_stcore/… first.
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  const parameter = (name) => new URLSearchParams(location.search).get(name);
  const isDark = () => parameter("light") !== "true";

  // As main.py chooses: of the URL, else of the browser, else the first. See LANGUAGES in i18n.py.
  const LANGUAGES = ["en", "fr"];
  const language = () => [parameter("lang"), navigator.language.split("-")[0], LANGUAGES[0]]
    .find((wanted) => LANGUAGES.includes(wanted));

  // Streamlit follows the system's colour scheme; here the URL plays the system's part, so that a
  // shared link shows the theme in which it was copied.
  const changes = new EventTarget();
  const scheme = {
    media: "(prefers-color-scheme: dark)",
    onchange: null,
    get matches() { return isDark(); },
    addEventListener: changes.addEventListener.bind(changes),
    removeEventListener: changes.removeEventListener.bind(changes),
    dispatchEvent: changes.dispatchEvent.bind(changes),
    addListener: (listener) => changes.addEventListener("change", listener),
    removeListener: (listener) => changes.removeEventListener("change", listener),
  };
  const matchMedia = window.matchMedia.bind(window);
  window.matchMedia = (query) =>
    /prefers-color-scheme:\s*dark/.test(query) ? scheme : matchMedia(query);

  const root = document.documentElement;
  const followUrl = () => {
    root.lang = language();
    const theme = isDark() ? "dark" : "light";
    if (root.dataset.mmTheme === theme) return;
    root.dataset.mmTheme = theme;
    changes.dispatchEvent(new Event("change"));
  };
  // On its way to another page Streamlit pushes several addresses, before and after the new path,
  // which differ in their choices only. One step for the visitor is one step back, to the address
  // on which they clicked.
  const step = { push: history.pushState.bind(history), replace: history.replaceState.bind(history) };
  const isSamePage = (url) => new URL(url ?? "", location).pathname === location.pathname;
  let clickedOn = location.href;
  document.addEventListener("click", () => { clickedOn = location.href; }, true);
  const push = (...state) => {
    if (isSamePage(state[2])) return step.replace(...state);
    if (isSamePage(clickedOn)) step.replace(history.state, "", clickedOn);
    return step.push(...state);
  };
  history.replaceState = (...state) => { step.replace(...state); followUrl(); };
  history.pushState = (...state) => { push(...state); followUrl(); };
  window.addEventListener("popstate", followUrl);
  followUrl();

  // Pressing <button data-mm-export="png" data-mm-card="KEY" data-mm-file="STEM"> saves the chart of
  // the card KEY under its title. Plotly's own camera knows neither the title nor our fonts.
  const SVG = "http://www.w3.org/2000/svg";
  const XLINK = "http://www.w3.org/1999/xlink";
  const TITLE = { size: 20, line: 27, top: 30, width: 0.52 }; // px; width of a letter in sizes
  const PNG_SCALE = 2;

  const element = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const wrapped = (text, width) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (longer.length * TITLE.size * TITLE.width > width) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  const dataUrl = (blob) => new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });

  // An image cannot ask for a font: those that the page has fetched are written into it.
  const embeddedFonts = async () => {
    const sheet = [...document.styleSheets].find((one) => one.href?.endsWith("/theme.css"));
    const faces = [...sheet.cssRules]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => ({ rule, url: rule.style.getPropertyValue("src").match(/url\("?([^")]+)/)[1] }))
      .filter(({ url }) => performance.getEntriesByName(new URL(url, location.origin).href).length);
    return Promise.all(faces.map(async ({ rule, url }) =>
      rule.cssText.replace(url, await dataUrl(await (await fetch(url)).blob()))));
  };

  // What Plotly draws on several layers, as one group of an image of that size.
  const drawing = (plot, attributes = {}) => {
    const layers = [...plot.querySelectorAll(".main-svg")];
    const [width, height] = ["width", "height"].map((side) => layers[0][side].baseVal.value);
    const group = element("g", attributes);
    for (const layer of layers) group.append(...layer.cloneNode(true).childNodes);
    return { group, width, height, ground: getComputedStyle(layers[0]).backgroundColor };
  };

  const chartSvg = async (card) => {
    const plot = card.querySelector(".js-plotly-plot");
    const lines = wrapped(card.querySelector(".mm-finding h3").innerText, plot.clientWidth);
    const top = TITLE.top + lines.length * TITLE.line;
    const { group, width, height, ground } = drawing(plot, { transform: `translate(0, ${top})` });
    const palette = getComputedStyle(root);
    const image = element("svg", { xmlns: SVG, width, height: height + top, viewBox: `0 0 ${width} ${height + top}` });
    image.append(element("style", {}, (await embeddedFonts()).join("\n")));
    image.append(element("rect", { width: "100%", height: "100%", fill: ground }));
    const font = { "font-family": palette.getPropertyValue("--mm-font-body"), "font-size": TITLE.size, "font-weight": 700, fill: palette.getPropertyValue("--mm-text-strong") };
    lines.forEach((line, i) => image.append(element("text", { x: 8, y: TITLE.top + i * TITLE.line, ...font }, line)));
    // An image that left the site must still find its pages.
    for (const link of group.querySelectorAll("a")) link.setAttributeNS(XLINK, "xlink:href", new URL(link.href.baseVal, location.origin));
    image.append(group);
    return { text: new XMLSerializer().serializeToString(image), width, height: height + top };
  };

  const pngOf = async ({ text, width, height }) => {
    const image = new Image();
    image.src = await dataUrl(new Blob([text], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * PNG_SCALE, height: height * PNG_SCALE });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    // A browser that cannot hold the drawing gives no image and says nothing.
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png"));
  };

  const save = async ({ mmExport: format, mmCard: key, mmFile: stem }) => {
    const svg = await chartSvg(document.querySelector(`.st-key-${key}`));
    const blob = format === "png" ? await pngOf(svg) : new Blob([svg.text], { type: "image/svg+xml" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${stem}.${format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-mm-export]");
    if (!button) return;
    button.parentElement.querySelector(".mm-export-failed")?.remove();
    try {
      await save(button.dataset);
    } catch (error) {
      console.info(error);
      const said = Object.assign(document.createElement("p"), { className: "mm-export-failed", textContent: button.dataset.mmFailed });
      said.setAttribute("role", "alert");
      button.parentElement.append(said);
    }
  });

  // What a press has led to is said in words, seen and read out; here is where.
  const SAID_MS = 6_000;
  const said = Object.assign(document.createElement("div"), { className: "mm-said" });
  said.setAttribute("role", "status");
  document.addEventListener("DOMContentLoaded", () => document.body.append(said));
  let silence;
  const say = (...content) => {
    clearTimeout(silence);
    said.replaceChildren(...content);
    if (typeof content.at(-1) === "string") silence = setTimeout(() => said.replaceChildren(), SAID_MS);
  };
  const hush = () => said.replaceChildren();

  // Without permission to write on the clipboard: the old command, else a field to copy by hand.
  const copyByCommand = (text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    field.style.cssText = "position: fixed; opacity: 0";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return done;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByCommand(text);
    }
  };

  const offerByHand = (text, address, button) => {
    const field = Object.assign(document.createElement("input"), { value: address, readOnly: true });
    field.setAttribute("aria-label", text);
    field.addEventListener("keydown", ({ key }) => { if (key === "Escape") { hush(); button.focus(); } });
    field.addEventListener("blur", hush);
    say(text, field);
    field.select();
  };

  // Pressing <button data-mm-share="ANCHOR" data-mm-title data-mm-done data-mm-by-hand> shares the
  // page as it is, or a part of it: as phones do, else by copying its address.
  const share = async (button) => {
    const { mmShare: anchor, mmTitle: title, mmDone, mmByHand } = button.dataset;
    const url = new URL(location);
    url.hash = anchor;
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      try {
        return await navigator.share({ title, url: url.href });
      } catch (error) {
        if (error.name === "AbortError") return; // the visitor has changed their mind
      }
    }
    if (await copy(url.href)) say(mmDone);
    else offerByHand(mmByHand, url.href, button);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mm-share], [data-mm-print]");
    if (!button) return;
    if ("mmPrint" in button.dataset) window.print();
    else share(button);
  });

  // Past the sidebar; the address is the visitor's and stays as it is.
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".mm-skip")) return;
    event.preventDefault();
    const content = document.querySelector("[data-testid=stMain]");
    content.tabIndex = -1;
    content.focus();
  });

  // Paper is white whatever the theme, and narrower than the screen: each chart is printed as a
  // copy in the colours of paper, with the address of the page beside the source.
  const channels = (color) => color.startsWith("#")
    ? [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16))
    : color.match(/[\d.]+/g).map(Number);

  const paperInks = () => {
    const pairs = getComputedStyle(root).getPropertyValue("--mm-on-paper").trim().split(" ").map(channels);
    return Array.from({ length: pairs.length / 2 }, (_, i) => pairs.slice(2 * i, 2 * i + 2));
  };

  const inkOf = (color, inks) => {
    const [red, green, blue, alpha = 1] = channels(color);
    const found = inks.find(([[r, g, b]]) => r === red && g === green && b === blue);
    return found ? `rgba(${found[1]}, ${alpha})` : color;
  };

  // A heat map is a picture: every pixel takes the ink of the nearest colour that is known.
  const printedPicture = (picture, inks) => {
    const [width, height] = ["width", "height"].map((side) => picture[side].baseVal.value);
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = pixels;
    const known = new Map();
    const nearest = (key, r, g, b) => {
      const away = ([[red, green, blue]]) => (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
      known.set(key, inks.reduce((best, one) => (away(one) < away(best) ? one : best))[1]);
      return known.get(key);
    };
    for (let i = 0; i < data.length; i += 4) {
      const key = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
      data.set(known.get(key) ?? nearest(key, data[i], data[i + 1], data[i + 2]), i);
    }
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL();
  };

  const PAPER_HEIGHT = 0.18; // mm for a pixel: two charts of the usual height on a page
  const COLOR = /#[0-9a-f]{6}\b|rgba?\([^)]*\)/gi;
  const printedChart = (plot, number, inks) => {
    const pictures = [...plot.querySelectorAll("image")].map((one) => printedPicture(one, inks));
    const { group, width, height } = drawing(plot);
    group.querySelectorAll("image").forEach((one, i) => one.setAttribute("href", pictures[i]));
    group.querySelectorAll("image").forEach((one) => one.removeAttribute("xlink:href"));
    const image = element("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, class: "mm-printed", style: `max-width: ${width}px; max-height: ${height * PAPER_HEIGHT}mm` });
    image.append(group);
    // An identifier may stand once in a document: the copy has its own.
    const text = new XMLSerializer().serializeToString(image)
      .replace(COLOR, (color) => inkOf(color, inks))
      .replace(/\bid="([^"]+)"/g, `id="$1-printed-${number}"`)
      .replace(/url\((&quot;|'|)#([^"')&]+)\1\)/g, `url(#$2-printed-${number})`);
    return new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  };

  const unprint = () => document.querySelectorAll(".mm-printed").forEach((one) => one.remove());
  const preparePaper = () => {
    if (document.querySelector(".mm-printed")) return; // both events below tell of the same paper
    const inks = paperInks();
    [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => plot.querySelector(".main-svg"))
      .forEach((plot, i) => plot.after(printedChart(plot, i, inks)));
    const here = Object.assign(document.createElement("span"), { className: "mm-printed", textContent: location.href });
    document.querySelector(".mm-footer")?.append(here);
  };
  window.addEventListener("beforeprint", preparePaper);
  window.addEventListener("afterprint", unprint);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? preparePaper() : unprint()));
})();
