// Loads the interface. Kept apart from index.html so that the page needs no inline script.
import start from "./ui.js";

start({ module_or_path: new URL("./ui_bg.wasm", import.meta.url) }).catch((error) => {
  console.error(error);
  const words = document.createElement("p");
  words.className = "boot-failure";
  words.setAttribute("role", "alert");
  words.textContent =
    "Allervers n’a pas pu démarrer. Rien n’est perdu : fermez puis rouvrez l’application. Si cela continue, mettez-la à jour.";
  document.body.replaceChildren(words);
});
