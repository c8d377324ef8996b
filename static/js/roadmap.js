/* Activities and stages moved by dragging their handles, or by Alt and an arrow while the focus is in them. Without this
   script the buttons of each do the same. */
(() => {
  const drop = document.getElementById("drop");
  const dropStage = document.getElementById("drop-stage");
  if (!drop) return;
  let dragged = null;
  const isStage = () => dragged.matches("[data-stage]");
  const moveForm = (thing) => thing.querySelector('form[action$="/move/"]');
  const clear = () => {
    for (const name of ["activity--before", "stage--end", "stage--before"]) {
      for (const each of document.querySelectorAll(`.${name}`)) each.classList.remove(name);
    }
  };
  // The stage before which a dragged stage would stand: in the lower half of one it is the next, after the last none.
  const stageBelow = (event, stage) => {
    const box = stage.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2 ? stage : stage.nextElementSibling?.closest("[data-stage]");
  };

  document.addEventListener("dragstart", (event) => {
    const handle = event.target.closest?.(".activity__handle, .stage__handle");
    dragged = handle?.closest(handle.matches(".stage__handle") ? "[data-stage]" : "[data-activity]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id); // without data Firefox begins no drag
    event.dataTransfer.setDragImage(isStage() ? dragged.querySelector("h2") : dragged, 10, 10);
    dragged.classList.add("activity--dragged");
  });
  document.addEventListener("dragover", (event) => {
    const stage = dragged && event.target.closest("[data-stage]");
    if (!stage) return;
    event.preventDefault();
    clear();
    const before = isStage() ? stageBelow(event, stage) : event.target.closest("[data-activity]");
    if (before) before.classList.add(isStage() ? "stage--before" : "activity--before");
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
    const before = isStage() ? stageBelow(event, stage) : event.target.closest("[data-activity]");
    if (before === dragged) return;
    const form = isStage() ? dropStage : drop;
    form.action = moveForm(dragged).action;
    form.elements.before.value = (isStage() ? before?.dataset.stage : before?.dataset.activity) ?? "";
    if (!isStage()) form.elements.stage.value = stage.dataset.stage;
    form.submit();
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const thing = event.target.closest("[data-activity], [data-stage]");
    if (!thing || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    thing.querySelector(`button[name="to"][value="${event.key === "ArrowUp" ? "up" : "down"}"]`)?.click();
  });

  // A change that met somebody else's (409) or a mistake (422) shows its form as well.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
