import fc from "fast-check";

/**
 * Any text that UTF-8 can hold: characters of one to four bytes about equally often, no unpaired
 * surrogates. (fast-check's own `unit: "binary"` takes a second to set up.)
 */
export const anyText: fc.Arbitrary<string> = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0x7ff }),
    fc.integer({ min: 0x800, max: 0xd7ff }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  ),
  { maxLength: 60 },
).map((characters) => String.fromCodePoint(...characters));
