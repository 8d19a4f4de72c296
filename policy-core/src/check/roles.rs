//! Who has whose rights, and who may become whom.
//!
//! In: the roles of a linked set, or any others and an owner. Out: closures by database name. Knows no table and no privilege.
//!
//! A membership passes rights on (INHERIT: by its own option, else unless the member is NOINHERIT), lets the member
//! become the group (SET ROLE: unless `set = false`), or lets it grant the group to itself (ADMIN). Policies and
//! privileges follow inheritance alone; a session may also change its role.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Membership, PolicySet, Role};

/// The roles of a set and their closures. Each closure of a role holds the role itself.
#[derive(Debug)]
pub struct Roles<'a> {
    in_order: Vec<&'a Role>,
    by_name: BTreeMap<&'a str, &'a Role>,
    owner: Option<&'a str>,
    closures: BTreeMap<&'a str, Closure<'a>>,
    usable: BTreeSet<&'a str>,
    none: BTreeSet<&'a str>,
}

#[derive(Debug, Default)]
struct Closure<'a> {
    inherits: BTreeSet<&'a str>,
    uses: BTreeSet<&'a str>,
    ordinary: BTreeSet<&'a str>,
    becomes: BTreeSet<&'a str>,
}

/// Someone a policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who<'a> {
    /// A role that the set does not declare: it has what PUBLIC has.
    Public,
    /// A declared role, by database name.
    Role(&'a str),
}

impl<'a> Roles<'a> {
    /// The closures of a linked set.
    #[must_use]
    pub fn of(set: &'a PolicySet) -> Roles<'a> {
        Roles::among(set.roles(), set.owner.as_deref())
    }

    /// The closures of these roles, one of which may own the tables.
    #[must_use]
    pub fn among(all: impl IntoIterator<Item = &'a Role>, owner: Option<&'a str>) -> Roles<'a> {
        let in_order: Vec<&Role> = all.into_iter().collect();
        let mut roles = Roles {
            by_name: in_order.iter().map(|role| (role.name.as_str(), *role)).collect(),
            in_order,
            owner,
            closures: BTreeMap::new(),
            usable: BTreeSet::new(),
            none: BTreeSet::new(),
        };
        let closures = roles.in_order.iter().map(|role| (role.name.as_str(), roles.closure(role.name.as_str()))).collect();
        roles.closures = closures;
        let enters = |role: &&&Role| (role.login || role.external) && !roles.is_exempt(role.name.as_str());
        let usable = roles.in_order.iter().filter(enters).flat_map(|role| roles.uses_ordinary(role.name.as_str())).copied();
        roles.usable = usable.collect();
        roles
    }

    /// Every role, in the order of the set.
    pub fn all(&self) -> impl Iterator<Item = &'a Role> {
        self.in_order.iter().copied()
    }

    /// The role of a database name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Role> {
        self.by_name.get(name).copied()
    }

    /// The Rust item of a database name; the name itself if no item has it.
    #[must_use]
    pub fn item<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.get(name).map_or(name, |role| &role.item)
    }

    /// The owner of the tables.
    #[must_use]
    pub fn owner(&self) -> Option<&'a str> {
        self.owner
    }

    /// Whether row security is not for this role: the owner, or one that declares BYPASSRLS.
    #[must_use]
    pub fn is_exempt(&self, name: &str) -> bool {
        self.owner == Some(name) || self.get(name).is_some_and(|role| role.bypass_rls.is_some())
    }

    /// The roles whose rights this one has without changing its role: privileges, and the `TO` of policies.
    #[must_use]
    pub fn inherits(&self, name: &str) -> &BTreeSet<&'a str> {
        self.closures.get(name).map_or(&self.none, |closure| &closure.inherits)
    }

    /// The roles whose rights this one has or can get with SET ROLE.
    #[must_use]
    pub fn uses(&self, name: &str) -> &BTreeSet<&'a str> {
        self.closures.get(name).map_or(&self.none, |closure| &closure.uses)
    }

    /// The roles that a session of this one can be, by SET ROLE, perhaps after a grant of the role to itself.
    #[must_use]
    pub fn becomes(&self, name: &str) -> &BTreeSet<&'a str> {
        self.closures.get(name).map_or(&self.none, |closure| &closure.becomes)
    }

    /// The roles whose rights this one has or can get with SET ROLE, by ways that do not lead through the owner or a bypass role.
    #[must_use]
    pub fn uses_ordinary(&self, name: &str) -> &BTreeSet<&'a str> {
        self.closures.get(name).map_or(&self.none, |closure| &closure.ordinary)
    }

    /// Whether a request can act as this role: a login or external role has or can get its rights, and it is
    /// neither the owner nor a bypass role.
    #[must_use]
    pub fn serves_requests(&self, name: &str) -> bool {
        self.usable.contains(name)
    }

    /// The first membership of a role that leads to another one's rights.
    #[must_use]
    pub fn membership_to(&self, role: &Role, target: &str) -> Option<usize> {
        let leads = |m: &Membership| {
            passes(role, m) && self.inherits(&m.role).contains(target) || becomes(m) && self.uses(&m.role).contains(target)
        };
        role.member_of.iter().position(leads)
    }

    fn closure(&self, start: &'a str) -> Closure<'a> {
        let names = |seen: BTreeSet<(&'a str, bool)>| seen.into_iter().map(|(name, _)| name).collect();
        let all = self.walk((start, true), &|_| true);
        Closure {
            inherits: names(self.walk((start, false), &|_| true)),
            becomes: all.iter().filter(|(_, became)| *became).map(|(name, _)| *name).collect(),
            uses: names(all),
            ordinary: names(self.walk((start, true), &|name| !self.is_exempt(name))),
        }
    }

    /// Follows memberships. The flag says that the session has become the role, not merely inherits it.
    fn walk(&self, start: (&'a str, bool), enter: &dyn Fn(&str) -> bool) -> BTreeSet<(&'a str, bool)> {
        let may_become = start.1;
        let mut todo = vec![start];
        let mut seen: BTreeSet<(&'a str, bool)> = BTreeSet::new();
        while let Some((name, became)) = todo.pop() {
            if !seen.insert((name, became)) {
                continue;
            }
            let Some(role) = self.get(name) else { continue };
            for membership in role.member_of.iter().filter(|m| enter(&m.role)) {
                if passes(role, membership) {
                    todo.push((&membership.role, false));
                }
                if may_become && (membership.admin == Some(true) || (became && becomes(membership))) {
                    todo.push((&membership.role, true));
                }
            }
        }
        seen
    }
}

/// INHERIT.
fn passes(member: &Role, membership: &Membership) -> bool {
    membership.inherit.unwrap_or(!member.noinherit)
}

/// SET ROLE, at once or after granting the group to itself.
fn becomes(membership: &Membership) -> bool {
    membership.set.unwrap_or(true) || membership.admin == Some(true)
}
