import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type NetworkInterfaceInfoIPv4, networkInterfaces } from 'node:os';
import { BatonError, messageOf } from '../../kernel/errors.ts';
import type { LinkPlan } from '../../protocols/heartbeat/index.ts';

/** All links of a node; each packet goes over every one of them. */
export interface Links {
  send(wire: Uint8Array): void;
  close(): void;
}

interface Hearing {
  packet(wire: Uint8Array, device: string): void;
  /** A link does not take packets; once until it takes them again. */
  failed(device: string, because: string): void;
}

/**
 * Binds a socket for each link. Node cannot bind a device: unicast is bound to the address of its device, multicast to its
 * group, and whose broadcast something was is known by the network that its sender is of. Throws BatonError
 * `heartbeat-link`.
 */
export async function openLinks(plans: readonly LinkPlan[], hearing: Hearing): Promise<Links> {
  const opened: { readonly socket: Socket; readonly send: (wire: Uint8Array) => void }[] = [];
  const close = () => {
    for (const { socket } of opened) socket.close();
  };
  try {
    for (const plan of plans) opened.push(await openLink(plan, hearing));
  } catch (error) {
    close();
    throw error;
  }
  return {
    close,
    send: (wire) => {
      for (const link of opened) link.send(wire);
    },
  };
}

async function openLink(plan: LinkPlan, hearing: Hearing) {
  const { device, port } = plan;
  const local = addressOf(device);
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  try {
    const host = { bcast: '0.0.0.0', ucast: local.address, mcast: plan.kind === 'mcast' ? plan.group : '' }[
      plan.kind
    ];
    socket.bind(port, host);
    await once(socket, 'listening');
    prepare(socket, plan, local.address);
  } catch (error) {
    socket.close();
    throw new BatonError(
      'heartbeat-link',
      `The link ${plan.kind} ${device} cannot use port ${port}: ${messageOf(error)}.`,
      { cause: error },
    );
  }
  const isOfLink = plan.kind === 'bcast' ? (sender: string) => sameNetwork(sender, local) : () => true;
  socket.on('message', (wire, { address }) => {
    if (isOfLink(address)) hearing.packet(wire, device);
  });
  socket.on('error', (error) => hearing.failed(device, messageOf(error)));
  const to = plan.kind === 'bcast' ? broadcastOf(local) : plan.kind === 'ucast' ? plan.address : plan.group;
  let isBroken = false;
  const send = (wire: Uint8Array) => {
    socket.send(wire, port, to, (error) => {
      if (error !== null && !isBroken) hearing.failed(device, messageOf(error));
      isBroken = error !== null;
    });
  };
  return { socket, send };
}

function prepare(socket: Socket, plan: LinkPlan, local: string): void {
  if (plan.kind === 'bcast') socket.setBroadcast(true);
  if (plan.kind !== 'mcast') return;
  socket.addMembership(plan.group, local);
  socket.setMulticastInterface(local);
  socket.setMulticastTTL(plan.timeToLive);
  socket.setMulticastLoopback(false);
}

function addressOf(device: string): NetworkInterfaceInfoIPv4 {
  const found = networkInterfaces()[device]?.find((one) => one.family === 'IPv4');
  if (found?.family !== 'IPv4')
    throw new BatonError('heartbeat-link', `The device ${device} is not there or has no IPv4 address.`);
  return found;
}

function sameNetwork(sender: string, { address, netmask }: NetworkInterfaceInfoIPv4): boolean {
  return (numberOf(sender) & numberOf(netmask)) === (numberOf(address) & numberOf(netmask));
}

function broadcastOf({ address, netmask }: NetworkInterfaceInfoIPv4): string {
  const all = (numberOf(address) | ~numberOf(netmask)) >>> 0;
  return [24, 16, 8, 0].map((bits) => (all >>> bits) & 255).join('.');
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
}
