import type { Arbitrary } from "fast-check";
import type { Sabotage } from "./control.ts";
import { isFamily, type Subject, type Target } from "./subject.ts";

/** The same subjects broken on purpose, for claims about what the sabotage does. */
export function sabotaged<M, T extends Target<M>>(
  targets: readonly T[],
  sabotage: Sabotage<M>,
): T[] {
  const broken = (subject: Subject<M>): Subject<M> => ({
    ...subject,
    name: `${subject.name}, ${sabotage.name}`,
    about: changed(subject, sabotage),
    from: subject.name,
    origin: "built",
    load: async () => sabotage.apply(await subject.load()),
  });
  return targets.map((target) =>
    isFamily(target)
      ? {
        ...target,
        name: `${target.name}, ${sabotage.name}`,
        about: changed(target, sabotage),
        from: target.name,
        arbitrary: (target.arbitrary as Arbitrary<Subject<M>>).map(broken),
      }
      : broken(target)
  ) as T[];
}

/** Which it was, and what was done to it. */
function changed<M>({ name }: Target<M>, { description }: Sabotage<M>): string {
  return `${name}, changed: ${description.replace(/\.$/, "")}`;
}
