# The store in one container. Uses the PostgreSQL of DATABASE_URL (see compose.yaml), or an embedded one in /data.
# scripts/migrate.ts migrates an external database for a store without DATABASE_OWNER_URL.
FROM node:24-slim AS build
WORKDIR /till
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /till
COPY --from=build /till/node_modules ./node_modules
COPY --from=build /till/build ./build
COPY --from=build /till/package.json /till/server.ts /till/env.server.ts ./
COPY --from=build /till/app ./app
COPY --from=build /till/db ./db
COPY --from=build /till/jobs ./jobs
COPY --from=build /till/drizzle ./drizzle
COPY --from=build /till/scripts/migrate.ts ./scripts/migrate.ts
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without a shell or npm in between, so that the stop signal reaches the server. Memory flags: docs/decisions/072.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "server.ts"]
