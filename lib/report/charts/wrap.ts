/** A text in lines of at most so many characters, broken between words; a longer word is cut. */
export function wrapped(text: string, room: number): string[] {
  const longest = Math.max(4, Math.floor(room));
  const lines: string[] = [""];
  for (const word of text.split(/\s+/).flatMap((word) => pieces(word, longest))) {
    const last = lines[lines.length - 1];
    const joined = last === "" ? word : `${last} ${word}`;
    if (last !== "" && [...joined].length > longest) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** A word, in as many pieces as it takes. */
function pieces(word: string, longest: number): string[] {
  const letters = [...word];
  const count = Math.max(1, Math.ceil(letters.length / longest));
  return Array.from(
    { length: count },
    (_, i) => letters.slice(i * longest, (i + 1) * longest).join(""),
  );
}
