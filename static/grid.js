// Arrow keys move over a drawn grid as it is drawn; without this they go from place to place in turn.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

for (const grid of document.querySelectorAll("[data-grid]")) {
  const places = [...grid.querySelectorAll("input")];
  const across = Number(grid.dataset.grid);
  const down = places.length / across;

  grid.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const at = places.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const row = Math.min(Math.max(Math.floor(at / across) + step[0], 0), down - 1);
    const column = Math.min(Math.max((at % across) + step[1], 0), across - 1);
    const next = places[row * across + column];
    next.focus();
    if (!next.checked) next.click();
  });
}
