/* Import of a roadmap. Selects of columns send their form at once; a table that is pasted brings its html with it, so that
   merged cells and lines inside cells are kept. Without this script the button sends, and the text alone is pasted. */
(() => {
  for (const form of document.querySelectorAll("form[data-sends-itself]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
  for (const area of document.querySelectorAll("textarea[data-takes-markup]")) {
    const markup = document.getElementById(area.dataset.takesMarkup);
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData?.getData("text/html") || "";
      if (area.value.trim() === "" && /<table/i.test(html)) setTimeout(() => { markup.value = html; });
    });
    area.addEventListener("input", (event) => {
      if (event.inputType !== "insertFromPaste") markup.value = "";
    });
  }
})();
