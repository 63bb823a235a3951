/** The lines that point a client library at this place instead of Discord. */

export interface Snippet {
  readonly name: string;
  readonly code: (origin: string) => string;
}

function socket(origin: string): string {
  return origin.replace(/^http/, "ws");
}

export const SNIPPETS: readonly [Snippet, ...Snippet[]] = [
  {
    name: "discord.py",
    code: (origin) =>
      [
        "import discord, yarl",
        "",
        `discord.http.Route.BASE = "${origin}/api/v10"`,
        `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("${socket(origin)}/gateway")`,
        `discord.asset.Asset.BASE = "${origin}/cdn"`,
      ].join("\n"),
  },
  {
    name: "hikari",
    code: (origin) =>
      [
        "import hikari",
        "from hikari import urls",
        "",
        `urls.CDN_URL = "${origin}/cdn"`,
        `urls.MEDIA_PROXY_URL = "${origin}/cdn/media"`,
        `bot = hikari.GatewayBot(token, rest_url="${origin}/api/v10")`,
      ].join("\n"),
  },
  {
    name: "discord.js",
    code: (origin) =>
      [
        "const client = new Client({",
        "  intents,",
        `  rest: { api: "${origin}/api", cdn: "${origin}/cdn" },`,
        "});",
      ].join("\n"),
  },
];
