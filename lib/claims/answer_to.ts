/** What the name of the test begins with that checks a question's answer; the question follows. */
export const ANSWER_TO = "the answer to: ";
