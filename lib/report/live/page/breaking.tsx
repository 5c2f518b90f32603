/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Chosen, Strength } from "../../../model/sabotages/catalogue.ts";
import { MOST } from "../address.ts";
import type { Heads, Offer } from "../messages.ts";
import { Numbered } from "./reading.tsx";

/** What the reader breaks, and how much. */
interface BreakingProps {
  readonly offers: readonly Offer[];
  readonly chosen: readonly Chosen[];
  readonly change: (chosen: readonly Chosen[]) => void;
  /** Whether something runs on what is broken now. */
  readonly busy: boolean;
}

/** One sabotage to choose, and once it is chosen another. */
export function Breaking({ offers, chosen, change, busy }: BreakingProps): VNode {
  const places = Math.min(MOST, chosen.length + 1);
  const set = (place: number, next: Chosen | undefined) =>
    change(chosen.toSpliced(place, 1, ...next ? [next] : []));
  return (
    <fieldset disabled={busy || offers.length === 0}>
      <legend>Break the models first</legend>
      {Array.from({ length: places }, (_, place) => (
        <One
          key={place}
          {...PLACES[place]}
          offers={offers}
          chosen={chosen[place]}
          set={(next) => set(place, next)}
        />
      ))}
    </fieldset>
  );
}

/** What each choice is called, and what choosing nothing is. */
const PLACES = [
  { label: "What to break", none: "nothing: run them as they are" },
  { label: "And also", none: "nothing else" },
] as const;

interface OneProps {
  readonly label: string;
  readonly none: string;
  readonly offers: readonly Offer[];
  readonly chosen?: Chosen;
  readonly set: (next: Chosen | undefined) => void;
}

function One({ label, none, offers, chosen, set }: OneProps): VNode {
  const offer = offers.find(({ id }) => id === chosen?.id);
  const groups = Object.entries(Object.groupBy(offers, groupOf));
  return (
    <div class="choice">
      <label>
        {label}{" "}
        <select
          value={chosen?.id ?? ""}
          onChange={({ currentTarget: { value } }) => set(value === "" ? undefined : { id: value })}
        >
          <option value="">{none}</option>
          {groups.map(([group, members]) => (
            <optgroup key={group} label={group}>
              {members!.map(({ id, name, unfit }) => (
                <option key={id} value={id} disabled={unfit !== undefined}>
                  {name}
                  {unfit !== undefined && ` (fits no model here: ${unfit})`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {offer?.strength && (
        <Slider
          strength={offer.strength}
          given={chosen?.strength}
          set={(strength) => set({ id: offer.id, strength })}
        />
      )}
      {offer?.heads && (
        <HeadPlace
          heads={offer.heads}
          place={chosen?.head}
          set={(head) => set({ id: offer.id, head })}
        />
      )}
      {offer && !offer.strength && !offer.heads && <p class="quiet">{offer.description}</p>}
    </div>
  );
}

function groupOf({ named, part }: Offer): string {
  return named ? "named by a claim of this question" : part;
}

interface HeadPlaceProps {
  readonly heads: Heads;
  readonly place?: Chosen["head"];
  readonly set: (place: Chosen["head"]) => void;
}

/** Which head. Models that have no such head are left alone, and say so. */
function HeadPlace({ heads, place: [layer, head] = [0, 0], set }: HeadPlaceProps): VNode {
  return (
    <>
      <Numbered label="Layer" count={heads.layers} now={layer} set={(to) => set([to, head])} />{" "}
      <Numbered label="Head" count={heads.each} now={head} set={(to) => set([layer, to])} />
    </>
  );
}

interface SliderProps {
  readonly strength: Strength;
  readonly given?: number;
  readonly set: (strength: number) => void;
}

/** Strengths between nothing and everything are tried from small to large, so they go by squares. */
function Slider({ strength, given, set }: SliderProps): VNode {
  const { of, least, most, usual, whole } = strength;
  const now = given ?? usual;
  const bend = whole ? 1 : 2;
  // An address may ask for less than the least, or more than the most.
  const place = Math.min(1, Math.max(0, (now - least) / (most - least))) ** (1 / bend);
  const move = (at: number) => {
    const value = least + at ** bend * (most - least);
    set(whole ? Math.round(value) : Number(value.toPrecision(2)));
  };
  return (
    <label>
      {now} {of}{" "}
      <input
        type="range"
        min="0"
        max="1"
        step={whole ? 1 / (most - least) : 0.01}
        value={place}
        aria-valuetext={`${now} ${of}`}
        onChange={({ currentTarget }) => move(currentTarget.valueAsNumber)}
      />
    </label>
  );
}
