/** What is said about a permission: no, nothing, yes. */
export type Tri = "deny" | "inherit" | "allow";
