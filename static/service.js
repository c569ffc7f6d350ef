// Every page works without this: it only adds what the design system's own script adds.
const { initAll } = await import(document.getElementById("govuk-frontend").href);

initAll();
