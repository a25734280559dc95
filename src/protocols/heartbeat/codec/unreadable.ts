/** Why a packet cannot be taken apart: a half sentence, "it is …". It does not leave the codec. */
export class Unreadable extends Error {}
