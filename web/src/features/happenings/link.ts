/** The address of something that is planned: its server, and which one it is. */
export const LINK = /^\/events\/(\d+)\/(\d+)$/;
