/** The socket module of a pyboard: sockets can be made, but no interface to a network will carry what they send. */
import { Errno } from '../../vfs/errno';
import { textArgument } from '../../python/modules/arguments';
import { PyList } from '../../python/objects/list';
import { defineModule, type PyModule } from '../../python/objects/module';
import { None, ObjectBase, type PyObject } from '../../python/objects/object';
import { exception, osError, valueError } from '../../python/objects/raise';
import { machineInt } from '../../python/objects/slice';
import { PyTuple, itemsOf } from '../../python/objects/tuple';
import { defineType } from '../../python/objects/type';

const AF_INET = 2;
const SOCK_STREAM = 1;

class Socket extends ObjectBase {
  constructor(
    private readonly domain: number,
    private readonly type: number,
    private readonly proto: number,
  ) {
    super();
  }

  override py_repr(): string {
    const { domain, type, proto } = this;
    return `<socket fd=-1 timeout=-1 domain=${domain} type=${type} proto=${proto} bound=0>`;
  }
}

function noInterface(): never {
  throw exception('OSError', 'no available NIC');
}

const raises = (errno: number) => (): never => {
  throw osError(errno);
};

/** The four numbers of an address as text, or undefined. */
function parseIp(text: string): number[] | undefined {
  if (text === '') return [0, 0, 0, 0];
  const parts = text.split('.');
  const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  return numbers.length === 4 && numbers.every((n) => n <= 255) ? numbers : undefined;
}

/** An address has to be one before it is seen that nothing leads there. */
function needsInterface(address: PyObject): never {
  const [host, port] = itemsOf(address);
  if (host === undefined || port === undefined || parseIp(textArgument(host)) === undefined) {
    throw valueError('invalid arguments');
  }
  machineInt(port);
  return noInterface();
}

function socket_getaddrinfo(host: PyObject, port: PyObject): PyObject {
  const ip = parseIp(textArgument(host));
  if (ip === undefined || textArgument(host) === '') noInterface();
  const address = new PyTuple([ip.join('.'), machineInt(port)]);
  return new PyList([new PyTuple([AF_INET, SOCK_STREAM, 0, '', address])]);
}

const notConnected = raises(Errno.ENOTCONN);
const broken = raises(Errno.EPIPE);

export const socketType = defineType({
  name: 'socket',
  proto: Socket.prototype,
  make: [
    'socket(domain=2, type=1, proto=0, /)',
    (domain: PyObject = AF_INET, type: PyObject = SOCK_STREAM, proto: PyObject = 0) =>
      new Socket(machineInt(domain), machineInt(type), machineInt(proto)),
  ],
  methods: [
    ['__del__(self, /)', () => None],
    ['close(self, /)', () => None],
    ['bind(self, address, /)', (_self: Socket, address: PyObject) => needsInterface(address)],
    ['listen(self, backlog=2, /)', notConnected],
    ['accept(self, /)', raises(Errno.EINVAL)],
    ['connect(self, address, /)', (_self: Socket, address: PyObject) => needsInterface(address)],
    ['send(self, data, /)', broken],
    ['sendall(self, data, /)', broken],
    ['recv(self, size, /)', notConnected],
    ['sendto(self, data, address, /)', (_self: Socket, _data: PyObject, to: PyObject) => needsInterface(to)],
    ['recvfrom(self, size, /)', notConnected],
    ['setsockopt(self, level, option, value, /)', noInterface],
    ['makefile(self, mode=None, encoding=None, /)', (self: Socket) => self],
    ['settimeout(self, value, /)', notConnected],
    ['setblocking(self, flag, /)', notConnected],
    ['read(self, size=-1, /)', notConnected],
    ['readinto(self, buffer, size=-1, /)', notConnected],
    ['readline(self, size=-1, /)', notConnected],
    ['write(self, data, size=-1, offset=0, /)', broken],
  ],
});

export function createSocket(): PyModule {
  return defineModule('socket', [
    ['socket', socketType, 'value'],
    ['getaddrinfo(host, port, family=0, type=0, proto=0, flags=0, /)', socket_getaddrinfo],
    ['AF_INET', AF_INET, 'value'],
    ['AF_INET6', 10, 'value'],
    ['SOCK_STREAM', SOCK_STREAM, 'value'],
    ['SOCK_DGRAM', 2, 'value'],
    ['SOCK_RAW', 3, 'value'],
    ['SOL_SOCKET', 0xfff, 'value'],
    ['SO_REUSEADDR', 4, 'value'],
    ['SO_KEEPALIVE', 8, 'value'],
    ['SO_BROADCAST', 0x20, 'value'],
    ['SO_SNDTIMEO', 0x1005, 'value'],
    ['SO_RCVTIMEO', 0x1006, 'value'],
  ]);
}
