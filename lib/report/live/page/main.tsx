/** @jsxImportSource preact */
/** The bench on a question's page: everything that is shown and nothing that is computed. */
import { render } from "preact";
import { Bench } from "./bench.tsx";

const place = document.getElementById("bench");
if (place) {
  const { file = "", page = "" } = place.dataset;
  place.textContent = "";
  render(<Bench file={file} page={page} />, place);
}
