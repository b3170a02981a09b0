"""What the stand-in plays: a director with its UAA, and the lists of published versions."""

import hashlib
import json

DEPLOYMENTS = 300
VERSIONS = 400
LINES = [f"bosh-{place}-{system}" for system in ("ubuntu-jammy", "ubuntu-noble") for place in (
    "aws-xen-hvm", "google-kvm", "openstack-kvm", "vsphere-esxi")]
DEPLOYMENTS_PATH = "/deployments?exclude_configs=true&exclude_releases=true"
CLIENT, SECRET = "upkeep", "hunter22"


def list_path(line):
    return f"/api/v1/stemcells/{line}?all=1"


def _deployments():
    return [{"name": f"deployment-{number:03}", "releases": [], "teams": [], "locked": False,
             "cloud_config": "latest", "stemcells": [{
                 "name": LINES[number % len(LINES)],
                 "version": f"1.{VERSIONS - 1 - number % 7}"}]} for number in range(DEPLOYMENTS)]


def _variant(kind, line, version):
    digest = hashlib.sha256(f"{kind} {line} {version}".encode()).hexdigest()
    file = f"{version}/bosh-stemcell-{version}-{line}.tgz"
    return {"url": f"https://storage.example.com/bosh-{kind}-stemcells/{file}",
            "size": 1282586996, "md5": digest[:32], "sha1": digest[:40], "sha256": digest}


def _published(line):
    return [{"name": line, "version": version, "light": _variant("light", line, version),
             "regular": _variant("core", line, version)}
            for version in (f"1.{number}" for number in reversed(range(VERSIONS)))]


def _token():
    """As long as those of a UAA, which are signed texts."""
    return "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(14))


TOKEN = _token()


def _info():
    return {"name": "bench", "uuid": "a57b8733-163e-443a-a3d7-9ac58a886d7b",
            "version": "282.1.6 (00000000)", "user": None, "cpi": "aws_cpi", "user_authentication":
            {"type": "uaa", "options": {"url": "((uaa.url))", "urls": ["((uaa.url))"]}}}


def _reply(path, value, delay_ms, **more):
    path, _, query = path.partition("?")
    return {"path": path, "query": query, "body": json.dumps(value), "delay_ms": delay_ms,
            "headers": {"Content-Type": "application/json"}, **more}


def servers(delay_ms):
    """For the stand-in. Its director and UAA answer from memory: to play them would take longer
    than what is measured."""
    director = [_reply("/info", _info(), delay_ms),
                _reply(DEPLOYMENTS_PATH, _deployments(), delay_ms,
                       if_headers={"Authorization": "Bearer " + TOKEN})]
    token = {"access_token": TOKEN, "token_type": "bearer", "expires_in": 43199, "jti": "1"}
    return {"director": {"tls": True, "replies": director},
            "uaa": {"tls": True, "replies": [
                _reply("/oauth/token", token, delay_ms, method="POST")]},
            "published": {"tls": True, "replies": [
                _reply(list_path(line), _published(line), delay_ms) for line in LINES]}}
