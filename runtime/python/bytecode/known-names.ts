/**
 * The long names that MicroPython knows before it reads a source. A text of more than ten bytes is a name in its code
 * only if it is one already; otherwise it is an object.
 */

/** Those of MicroPython on a computer. */
const computerNames = `
ArgumentParser ArgumentTypeError ArithmeticError AssertionError AttributeError Authorization BaseException
CERT_OPTIONAL CERT_REQUIRED CancelledError Content-Length Content-Type ECONNABORTED ECONNREFUSED EHOSTUNREACH
EINPROGRESS FrameBuffer FrameBuffer1 GeneratorExit IP_ADD_MEMBERSHIP IP_DROP_MEMBERSHIP ImportError IndentationError
KeyboardInterrupt LITTLE_ENDIAN LookupError MBEDTLS_VERSION MSG_DONTROUTE MSG_DONTWAIT MemoryError NotImplemented
NotImplementedError OrderedDict OverflowError PROTOCOL_DTLS_CLIENT PROTOCOL_DTLS_SERVER PROTOCOL_TLS_CLIENT
PROTOCOL_TLS_SERVER RuntimeError SOCK_STREAM SO_BROADCAST SO_KEEPALIVE SO_REUSEADDR SingletonGenerator
StopAsyncIteration StopIteration StreamReader StreamWriter SyntaxError TextIOWrapper ThreadSafeFlag TimeoutError
Transfer-Encoding UnicodeError ViperTypeError ZeroDivisionError __build_class__ __complex__ __contains__ __delattr__
__delitem__ __floordiv__ __getattr__ __getitem__ __globals__ __qualname__ __repl_print__ __reversed__ __rfloordiv__
__rlshift__ __rmatmul__ __rrshift__ __rtruediv__ __set_name__ __setattr__ __setitem__ __traceback__ __truediv__
__version__ _check_exists _dest_from_optnames _download_file _ensure_path_exists _exc_context _exc_handler
_install_json _install_package _parse_args _parse_args_impl _promote_to_task _rewrite_url _task_queue add_argument
allocate_lock allowed_mip_url_prefixes application/json bound_method bytearray_at call_exception_handler classmethod
collections consume_unknown create_task current_task default_exception_handler description difference_update
do_handshake do_handshake_on_connect get_ciphers get_event_loop get_exception_handler get_extra_info getaddrinfo
getrandbits heap_unlock implementation intersection intersection_update load_cert_chain load_verify_locations
mem_current micropython new_event_loop open_connection package.json package_json_url parse_headers parse_known_args
print_exception psk_identity python_compiler queue_write readexactly return_exceptions return_unknown run_forever
run_until_complete server_hostname server_psk_keys server_side set_ciphers set_exception_handler setblocking
start_new_thread start_server staticmethod status_code store_const store_false stream_awrite symmetric_difference
symmetric_difference_update time_pulse_us unpack_from verify_callback verify_mode version_info wait_closed
wait_for_ms wait_io_event wrap_socket writeblocks
`;

/** Those of its compiler for boards, which has few modules. */
const crossNames = `
ArithmeticError AssertionError AttributeError BaseException GeneratorExit ImportError IndentationError Interpolation
KeyboardInterrupt LookupError MemoryError NotImplementedError OverflowError RuntimeError StopAsyncIteration
StopIteration SyntaxError UnicodeError ViperTypeError ZeroDivisionError __build_class__ __complex__ __contains__
__delitem__ __getattr__ __getitem__ __qualname__ __repl_print__ __reversed__ __setitem__ __template__ __traceback__
bound_method classmethod difference_update format_spec heap_unlock interpolations intersection intersection_update
micropython staticmethod symmetric_difference symmetric_difference_update templatelib unpack_from vcvt_f32_s32
vcvt_s32_f32
`;

/** What both say when it happens. */
const message = 'maximum recursion depth exceeded';

const split = (names: string): Set<string> => new Set([message, ...names.trim().split(/\s+/)]);

/** A set of its own for each who reads sources one after another. */
export const namesOnComputer = (): Set<string> => split(computerNames);

export const namesOfCrossCompiler = (): Set<string> => split(crossNames);
