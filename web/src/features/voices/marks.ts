/** How somebody is in a voice channel, as it is drawn beside their name. */
import { Hand, HeadphoneOff, MicOff, Video } from "lucide";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";
import type { KnownVoice } from "../../world/voices";

export interface MarkOfVoice {
  readonly word: Key;
  readonly icon: Drawing;
  /** Whether those who keep order did it, and not they themselves. */
  readonly isOrdered: boolean;
}

type Way = Pick<KnownVoice, "mute" | "self_mute" | "deaf" | "self_deaf" | "self_video" | "suppress" | "request_to_speak_timestamp">;

const own = (word: Key, icon: Drawing): MarkOfVoice => ({ word, icon, isOrdered: false });
const ordered = (word: Key, icon: Drawing): MarkOfVoice => ({ word, icon, isOrdered: true });

/** What the server does to somebody says more than what they do to themselves. */
export function marksOf(state: Way): readonly MarkOfVoice[] {
  const { mute, self_mute, deaf, self_deaf, self_video, suppress, request_to_speak_timestamp: asks } = state;
  return [
    ...(mute ? [ordered("voices.mute", MicOff)] : self_mute ? [own("voices.selfMute", MicOff)] : []),
    ...(deaf ? [ordered("voices.deaf", HeadphoneOff)] : self_deaf ? [own("voices.selfDeaf", HeadphoneOff)] : []),
    ...(self_video ? [own("voices.video", Video)] : []),
    ...(suppress && asks !== null ? [own("voices.asks", Hand)] : []),
  ];
}
