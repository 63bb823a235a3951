/** All that one person has on the way to the server from this device: messages, files and drafts. */
import type { Chance } from "../gateway/connection";
import { has } from "../permissions/permissions";
import type { Client } from "../rest/client";
import type { Message, Snowflake } from "../wire/types";
import type { Turn } from "../tabs/turn";
import type { World } from "../world/world";
import { Drafts, type Drawer } from "./drafts";
import { Outbox, type Bell, type Shelf } from "./outbox";
import type { PutBytes } from "./sending";
import { Uploads } from "./uploads";

/** What the device has to offer. */
export interface Device {
  readonly chance: Chance;
  readonly shelf: Shelf;
  readonly bell: Bell;
  readonly turn: Turn;
  readonly put: PutBytes;
  readonly drawer: Drawer;
}

export class Sync {
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly drafts: Drafts;
  readonly #world: World;

  constructor(client: Client, world: World, userId: Snowflake, device: Device, isOnline: () => boolean) {
    const { chance, shelf, bell, turn, put, drawer } = device;
    this.#world = world;
    this.drafts = new Drafts(drawer, userId);
    this.uploads = new Uploads({
      put,
      chance,
      isOnline,
      announce: (channel_id, body) => client.call("POST /channels/{channel_id}/attachments", { channel_id, body }),
      takeBack: (upload_filename) => client.call("DELETE /attachments/{upload_filename}", { upload_filename }),
    });
    this.outbox = new Outbox({
      chance,
      shelf,
      bell,
      turn,
      carrier: this.uploads,
      isOnline,
      post: (channel_id, body) => client.call("POST /channels/{channel_id}/messages", { channel_id, body }),
      // The part that shows messages only: what counts as read or new is said by the event.
      arrived: (message) => world.messages.on.MESSAGE_CREATE?.(message),
      slowness: (channelId) => slownessOf(world, channelId),
    });
  }

  /** An event that the world has taken in. */
  heard(name: string, data: unknown): void {
    if (name === "MESSAGE_CREATE" && this.#world.isMine(data as Message)) this.outbox.heard(data as Message);
  }
}

/** Seconds one waits between two messages of a channel; none for who is exempt. */
export function slownessOf(world: World, channelId: Snowflake): number {
  const seconds = world.channels.byId.get(channelId)?.rate_limit_per_user ?? 0;
  return has(world.permissions(channelId), "BYPASS_SLOWMODE") ? 0 : seconds;
}
