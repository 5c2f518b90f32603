export { ModelFileError as CheckpointError } from "./file_error.ts";
