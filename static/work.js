// Asks again every second how far a piece of work is, and shows the page's own answer.
const UNFINISHED = ["queued", "building", "waiting", "reading", "saving"];
const state = () => document.getElementById("work-state");
const unfinished = () => UNFINISHED.includes(state().dataset.state);

// The region stays and only what is in it changes, or screen readers would not hear of it.
function show(fresh) {
  state().dataset.state = fresh.dataset.state;
  if (state().innerHTML !== fresh.innerHTML) state().replaceChildren(...fresh.childNodes);
}

async function refresh() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("work-state");
  if (!fresh) return;
  if (UNFINISHED.includes(fresh.dataset.state)) {
    show(fresh);
  } else {
    location.reload();
  }
}

async function follow() {
  while (unfinished()) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      await refresh();
    } catch {
      // The connection was lost for a moment; the next round asks again.
    }
  }
}

follow();
