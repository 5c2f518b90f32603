/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Strength } from "../../../model/sabotages/catalogue.ts";
import type { Chosen, HeadPlace as HeadAt } from "../../../model/sabotages/chosen.ts";
import { MOST } from "../address.ts";
import type { Described, HeadCounts, Offer } from "../messages.ts";

/** What the reader breaks, and how much. */
interface BreakingProps {
  readonly offers: readonly Offer[];
  readonly chosen: readonly Chosen[];
  /** What each of these does. */
  readonly described: readonly Described[];
  readonly change: (chosen: readonly Chosen[]) => void;
  /** Whether something runs on what is broken now. */
  readonly busy: boolean;
}

/** One sabotage to choose, and once it is chosen another. */
export function Breaking({ offers, chosen, described, change, busy }: BreakingProps): VNode {
  const places = Math.min(MOST, chosen.length + 1);
  const set = (place: number, next: Chosen | undefined) =>
    change(chosen.toSpliced(place, 1, ...next ? [next] : []));
  return (
    <fieldset disabled={busy || offers.length === 0}>
      <legend>Break the models first, if you like</legend>
      {Array.from({ length: places }, (_, place) => (
        <One
          key={place}
          {...PLACES[place]}
          offers={offers}
          chosen={chosen[place]}
          described={described[place]}
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
  readonly described?: Described;
  readonly set: (next: Chosen | undefined) => void;
}

function One({ label, none, offers, chosen, described, set }: OneProps): VNode {
  const offer = offers.find(({ id }) => id === chosen?.id);
  return (
    <div class="choice">
      <label>
        {label}{" "}
        <select
          value={offers.length > 0 ? chosen?.id ?? "" : ""}
          onChange={({ currentTarget: { value } }) => set(value === "" ? undefined : { id: value })}
        >
          <option value="">{offers.length > 0 ? none : "loading …"}</option>
          <Offered offers={offers.filter(({ id, unfit }) => !unfit || id === chosen?.id)} />
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
      {chosen && described?.id === chosen.id && <p class="quiet">{described.description}</p>}
    </div>
  );
}

/** What may be chosen, by the part that it breaks; of what fits no model only what was asked for. */
function Offered({ offers }: { offers: readonly Offer[] }): VNode {
  return (
    <>
      {Object.entries(Object.groupBy(offers, groupOf)).map(([group, members]) => (
        <optgroup key={group} label={group}>
          {members!.map(({ id, name, unfit }) => (
            <option key={id} value={id}>
              {name}
              {unfit !== undefined && ` (fits no model here: ${unfit})`}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

function groupOf({ named, part }: Offer): string {
  return named ? "named by a claim of this question" : part;
}

interface HeadPlaceProps {
  readonly heads: HeadCounts;
  readonly place?: HeadAt;
  readonly set: (place: HeadAt) => void;
}

/** Which head. Models that have no such head are left alone, and say so. */
function HeadPlace({ heads, place = [0, 0], set }: HeadPlaceProps): VNode {
  const places = heads.having.flatMap((counts, layer) =>
    counts.map((_, head) => [layer, head] as const)
  );
  const now = places.findIndex((each) => `${each}` === `${place}`);
  return (
    <label>
      Which head{" "}
      <select
        value={now}
        onChange={({ currentTarget }) => set(places[Number(currentTarget.value)])}
      >
        {now < 0 && <option value={-1}>{headName(place)} (no model here has it)</option>}
        {places.map((each, n) => (
          <option key={n} value={n}>{headName(each)}{few(each, heads)}</option>
        ))}
      </select>
    </label>
  );
}

/** Whoever breaks a head that most models lack sees little of it: it is told before. */
function few([layer, head]: HeadAt, { having, of }: HeadCounts): string {
  const count = having[layer][head];
  if (count * 2 >= of) return "";
  return ` (${count} of ${of} models ${count === 1 ? "has" : "have"} it)`;
}

function headName([layer, head]: HeadAt): string {
  return `layer ${layer}, head ${head}`;
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
