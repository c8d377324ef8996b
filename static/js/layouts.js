/* Columns of a layout: rows are dragged by their grip, and the buttons move them without a reload. Without this script
   the buttons send the form, which comes back with the row moved. */
(() => {
  const list = document.querySelector(".layout-columns");
  if (!list) return;
  const form = list.closest("form");
  const rows = () => [...list.children];

  const settle = () => {
    rows().forEach((row, place, all) => {
      row.querySelector('[name="moved"][value^="up:"]').disabled = place === 0;
      row.querySelector('[name="moved"][value^="down:"]').disabled = place === all.length - 1;
    });
    form.dispatchEvent(new CustomEvent("layout-moved"));
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="moved"]');
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    if (button.value.startsWith("up:")) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    settle();
    (button.disabled ? row.querySelector('button[name="moved"]:not(:disabled)') : button).focus();
  });
  list.addEventListener("change", (event) => {
    if (event.target.name === "shown") {
      event.target.closest("li").classList.toggle("layout-column--off", !event.target.checked);
    }
  });

  let dragged = null;
  for (const grip of list.querySelectorAll(".layout-column__grip")) {
    const row = grip.closest("li");
    grip.addEventListener("pointerdown", () => { row.draggable = true; });
    row.addEventListener("dragstart", () => { dragged = row; row.classList.add("layout-column--dragged"); });
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.classList.remove("layout-column--dragged");
      dragged = null;
      settle();
    });
  }
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
})();
