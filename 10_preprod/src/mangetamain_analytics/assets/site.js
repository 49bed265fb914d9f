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

  const chartSvg = async (card) => {
    const layers = [...card.querySelectorAll(".js-plotly-plot .main-svg")];
    const { width, height } = layers[0].getBoundingClientRect();
    const lines = wrapped(card.querySelector(".mm-finding h3").innerText, width);
    const top = TITLE.top + lines.length * TITLE.line;
    const palette = getComputedStyle(root);
    const image = element("svg", { xmlns: SVG, width, height: height + top, viewBox: `0 0 ${width} ${height + top}` });
    image.append(element("style", {}, (await embeddedFonts()).join("\n")));
    image.append(element("rect", { width: "100%", height: "100%", fill: getComputedStyle(layers[0]).backgroundColor }));
    const font = { "font-family": palette.getPropertyValue("--mm-font-body"), "font-size": TITLE.size, "font-weight": 700, fill: palette.getPropertyValue("--mm-text-strong") };
    lines.forEach((line, i) => image.append(element("text", { x: 8, y: TITLE.top + i * TITLE.line, ...font }, line)));
    const chart = element("g", { transform: `translate(0, ${top})` });
    for (const layer of layers) chart.append(...layer.cloneNode(true).childNodes);
    // An image that left the site must still find its pages.
    for (const link of chart.querySelectorAll("a")) link.setAttributeNS(XLINK, "xlink:href", new URL(link.href.baseVal, location.origin));
    image.append(chart);
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
})();
