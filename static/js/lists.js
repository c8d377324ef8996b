/* Ticks of a list: the bar says how many there are and shows its acts when there is one; the first box ticks the page.
   Without this script the bar always stands there, and links tick the page or everything. */
(() => {
  const bar = document.getElementById("ticked");
  if (!bar) return;
  const boxes = [...document.querySelectorAll('input[name="row"][form="ticked"]')];
  const number = bar.querySelector(".bulk-bar__number");
  const all = document.createElement("input");

  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (number) {
      number.textContent = count || "—";
      bar.classList.toggle("bulk-bar--idle", count === 0);
    }
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("list__row--ticked", box.checked);
  };

  const head = document.querySelector("th.list__tick");
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
})();
