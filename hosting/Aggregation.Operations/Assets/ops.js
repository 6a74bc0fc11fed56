// Replaces the live parts of a page by those of the page as it is now. Works on what the server wrote; without it, reload.
"use strict";

const paused = "aggregation-ops-paused";

function openedOf(element) {
  return Array.from(element.querySelectorAll("details[open]"), details => details.id).filter(id => id !== "");
}

async function refresh(id) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
  if (answer.status === 401) {
    // The session is over: the page asks for the key.
    location.reload();
    return false;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  const stale = document.getElementById(id);
  if (fresh === null || stale === null) {
    return false;
  }
  for (const opened of openedOf(stale)) {
    fresh.querySelector(`#${CSS.escape(opened)}`)?.setAttribute("open", "");
  }
  stale.replaceWith(fresh);
  return fresh.hasAttribute("data-live");
}

function keepFresh(element, button) {
  const id = element.id;
  const interval = Number(element.dataset.live);
  const turn = async () => {
    let goesOn = true;
    const isPaused = button.getAttribute("aria-pressed") === "true";
    if (!isPaused && !document.hidden && String(getSelection()) === "") {
      try {
        goesOn = await refresh(id);
      } catch {
        // The server is away; the page shows the moment it is of, and asks again.
      }
    }
    if (goesOn) {
      setTimeout(turn, interval);
    }
  };
  setTimeout(turn, interval);
}

function show(button) {
  const isPaused = sessionStorage.getItem(paused) === "yes";
  button.setAttribute("aria-pressed", String(isPaused));
  button.textContent = isPaused ? "继续 Resume" : "暂停 Pause";
}

function openTarget() {
  const target = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView({ block: "center" });
  }
}

const button = document.getElementById("pause");
if (button !== null) {
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    sessionStorage.setItem(paused, sessionStorage.getItem(paused) === "yes" ? "no" : "yes");
    show(button);
  });
  for (const element of document.querySelectorAll("[data-live]")) {
    keepFresh(element, button);
  }
}
addEventListener("hashchange", openTarget);
openTarget();
