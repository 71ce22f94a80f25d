/** MicroPython's bytecode: what its compiler makes of a source, listed or as a file. */
export { compileBytecode, NoBytecode, SMALL_INT_BITS, type BytecodeOptions, type ModuleCode } from './compiler';
export { namesOfCrossCompiler, namesOnComputer } from './known-names';
export { listModule } from './listing';
export { readSource, type SourceKind } from './source-reader';
