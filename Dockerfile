# docker build .                   the image
# docker build --target tests .    the tests
# What is in the image is decided by ci/image alone.

FROM debian:12 AS build
WORKDIR /upkeep
COPY ci/lib.sh ci/setup ci/
RUN ci/setup build
COPY . .
RUN ci/image

FROM build AS tests
RUN ci/test

FROM scratch
COPY --from=build /upkeep/build/image/rootfs/ /
ENTRYPOINT ["/bin/upkeep"]
