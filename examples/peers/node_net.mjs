// A line-echo server on Node's net, as its documentation has it.
import net from 'node:net';

const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
});
server.listen({ port: Number(process.argv[2] ?? 10_000), host: '127.0.0.1', backlog: 4096 });
