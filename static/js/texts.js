/* Names of the list are put into the text where the cursor stands. Without this script they are copied by hand. */
(() => {
  const text = document.querySelector("#id_text");
  if (!text) return;
  for (const name of document.querySelectorAll("code[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "placeholder-button";
    button.textContent = name.textContent;
    button.addEventListener("click", () => {
      text.setRangeText(name.dataset.insert, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    name.replaceWith(button);
  }
})();
