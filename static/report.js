// Asks again every second how far the report is, and shows the page's own answer.
const state = () => document.getElementById("report-state");
const unfinished = () => ["queued", "building"].includes(state().dataset.state);

async function refresh() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("report-state");
  if (!fresh) return;
  if (["queued", "building"].includes(fresh.dataset.state)) {
    state().replaceWith(document.adoptNode(fresh));
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
