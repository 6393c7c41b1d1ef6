const page = document.documentElement, button = document.querySelector(".code-button");
page.classList.replace("no-js", "js");
button.hidden = false;
button.addEventListener("click", () => {
  const shown = page.classList.toggle("show-code");
  document.querySelectorAll("details.code").forEach((code) => { code.open = shown; });
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? button.dataset.hide : button.dataset.show;
});

const unfold = () => {
  let place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (const target = place; place; place = place.parentElement) {
    if (place.matches("details:not([open])")) { place.open = true; target.scrollIntoView(); }
  }
};
addEventListener("hashchange", unfold);
const folded = () => document.querySelectorAll(".breaches details:not(.cells)");
addEventListener("beforeprint", () => folded().forEach((one) => { one.dataset.open = one.open; one.open = true; }));
addEventListener("afterprint", () => folded().forEach((one) => { one.open = one.dataset.open === "true"; }));
unfold();
