/* Activities moved by dragging their handle, or by Alt and an arrow while the focus is in them. Without this script
   the buttons of each activity do the same. */
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  let dragged = null;
  const clear = () => {
    for (const name of ["activity--before", "stage--end"]) {
      for (const each of document.querySelectorAll(`.${name}`)) each.classList.remove(name);
    }
  };

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".activity__handle")?.closest("[data-activity]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.activity); // without data Firefox begins no drag
    event.dataTransfer.setDragImage(dragged, 10, 10);
    dragged.classList.add("activity--dragged");
  });
  document.addEventListener("dragover", (event) => {
    const stage = dragged && event.target.closest("[data-stage]");
    if (!stage) return;
    event.preventDefault();
    clear();
    const before = event.target.closest("[data-activity]");
    if (before) before.classList.add("activity--before");
    else stage.classList.add("stage--end");
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("activity--dragged");
    dragged = null;
    clear();
  });
  document.addEventListener("drop", (event) => {
    const stage = dragged && event.target.closest("[data-stage]");
    if (!stage) return;
    event.preventDefault();
    const before = event.target.closest("[data-activity]");
    if (before === dragged) return;
    drop.action = dragged.querySelector('form[action$="/move/"]').action;
    drop.elements.stage.value = stage.dataset.stage;
    drop.elements.before.value = before ? before.dataset.activity : "";
    drop.submit();
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const activity = event.target.closest("[data-activity]");
    if (!activity || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    activity.querySelector(`button[name="to"][value="${event.key === "ArrowUp" ? "up" : "down"}"]`)?.click();
  });

  // A change that met somebody else's (409) or a mistake (422) shows its form as well.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
