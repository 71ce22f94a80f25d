/** MicroPython's bytecode: what its compiler makes of a source, listed or as a file. */
export { compileBytecode, NoBytecode, targets, type BytecodeOptions, type ModuleCode } from './compiler';
export { compileMpy } from './compile-mpy';
export { namesOnComputer } from './known-names';
export { listModule } from './listing';
export { readSource, type SourceKind } from './source-reader';
