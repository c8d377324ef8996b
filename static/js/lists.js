/* Ticks of a list: the bar appears with the first tick and says how many there are; the box in the header ticks the page.
   Without this script the bar always stands there, and links tick the page or everything. */
(() => {
  const bar = document.getElementById("ticked");
  if (!bar) return;
  const boxes = [...document.querySelectorAll('input[type="checkbox"][form="ticked"]')];
  const number = bar.querySelector(".bulk-bar__number");
  const all = document.createElement("input");

  const meansAll = () => bar.querySelector('[name="all"]') !== null;
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (number) number.textContent = count || "—";
    bar.hidden = count === 0 && !meansAll();
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("list__row--ticked", box.checked);
  };

  const head = document.querySelector("th.list__tick, th.consents__tick");
  if (head) {
    all.type = "checkbox";
    all.setAttribute("aria-label", head.textContent.trim());
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    head.replaceChildren(all);
  }
  for (const box of boxes) box.addEventListener("change", show);
  // Somebody who unticks one of “all that the list shows” means the page from now on.
  if (!number) for (const box of boxes) box.addEventListener("change", () => bar.querySelector('[name="all"]')?.remove());
  show();
  window.addEventListener("pageshow", show); // the way back: the browser has put the ticks in again
})();
