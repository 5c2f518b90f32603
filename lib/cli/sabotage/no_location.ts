/**
 * In a worker of a file there is a `location` without an origin, on which onnxruntime-web stumbles;
 * in the process itself there is none, and it does not. Import it for its effect, before the runtime.
 */
Reflect.deleteProperty(globalThis, "location");
