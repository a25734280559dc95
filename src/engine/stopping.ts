/** Why a controller that stops lets go of everything: what it has begun goes on, and the next one learns how that ended. */
export class Stopping extends Error {}
